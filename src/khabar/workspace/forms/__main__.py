"""usage: python -m khabar.workspace.forms [--check]"""

import sys

from khabar.workspace.forms import own

if "--check" in sys.argv[1:]:
    if not own.check():
        sys.exit("own.txt is not what its generator writes")
else:
    own.write()

"""The layers of a reading, one room a layer; each stands on those before it and none reaches forward."""

"""What words mean, as data that a linguist can edit, and its compiler."""

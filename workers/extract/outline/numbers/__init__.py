"""Numbers of sections in their setting: order of forms, numbers without marks, names beside them."""

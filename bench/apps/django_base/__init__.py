"""What both Django peers stand on."""

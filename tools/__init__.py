"""What the Makefile calls: installing, drawing the icon, gathering licences. Not shipped."""

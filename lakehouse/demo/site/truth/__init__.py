"""What is true in Port Alder on a given day, whatever the pages look like."""

"""Train, evaluate and export the landmark-recognition CNN (needs the extra `train`)."""

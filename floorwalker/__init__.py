"""What is Floorwalker? A contact-centre performance management system that is honest about what it knows."""

__version__ = "0.1.0"

"""What authors see of assessments in the CMS."""

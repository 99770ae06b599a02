"""IMS Question and Test Interoperability 2.0 to 3.0: items and packages, read and written as the specification says."""

"""Tables that people make in spreadsheet programs: CSV in UTF-8, with commas or semicolons, and a row of headings.

Grammar alone: faults have names and values, and whoever reads a table says them in the language of the reader.
"""

from academy.standards.csv_table.reader import CAP, Column, Fault, Finding, Row, Table, read_table
from academy.standards.csv_table.writer import write_table

__all__ = ["CAP", "Column", "Fault", "Finding", "Row", "Table", "read_table", "write_table"]

"""What the tests share: a browser that follows pages as a person does, phones, and short ways in."""

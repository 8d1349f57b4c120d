"""What is counted, and how do definitions, questions and facts become summaries and answers?"""

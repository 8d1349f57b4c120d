"""What is asked of whoever plans, leads and follows up meetings, hands over, thanks, answers a pulse and passes on what works?"""

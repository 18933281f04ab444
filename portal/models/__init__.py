"""The rows. A rule about one row lives on that row; what joins rows, time and telephony lives above."""

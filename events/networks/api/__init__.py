"""Operations on the network and on lists taken over."""

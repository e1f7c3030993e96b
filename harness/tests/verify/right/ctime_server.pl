#!/usr/bin/perl
# ctime server: in scalar context localtime() gives what ctime() does.
use strict;
use warnings;
use Socket;

socket(my $servidor, PF_INET, SOCK_STREAM, getprotobyname('tcp')) or die "socket: $!";
setsockopt($servidor, SOL_SOCKET, SO_REUSEADDR, pack('l', 1)) or die "setsockopt: $!";
bind($servidor, sockaddr_in(8888, INADDR_ANY)) or die "bind: $!";
listen($servidor, SOMAXCONN) or die "listen: $!";

while (my $endereco = accept(my $cliente, $servidor)) {
    my ($porta, $ip) = sockaddr_in($endereco);
    print 'Accepted connection from ', inet_ntoa($ip), ":$porta\n";
    my $hora = localtime;
    syswrite $cliente, $hora;
    close $cliente;
}

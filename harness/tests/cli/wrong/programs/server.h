// The set-up that the wrong servers in C share.
#pragma once

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// A socket bound to `port` (in network byte order) of the loopback interface.
static inline int bound_socket(in_port_t port) {
    const int socket_fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = port;
    if (bind(socket_fd, (struct sockaddr*)&address, sizeof address) < 0) {
        perror("bind");
        exit(1);
    }
    return socket_fd;
}

// The next client; the program ends where there is none.
static inline int next_client(int listener) {
    const int client = accept(listener, NULL, NULL);
    if (client < 0) {
        perror("accept");
        exit(1);
    }
    return client;
}

// The first client of a server that listens on the port `argv[1]`.
static inline int first_client(char** argv) {
    const int listener = bound_socket(htons((in_port_t)atoi(argv[1])));
    listen(listener, 1);
    return next_client(listener);
}

/* Linked statically: no library can be preloaded into it. `static_client PORT` asks once. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((in_port_t)atoi(argv[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int server = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(server, (const struct sockaddr*)&address, sizeof address) < 0) return 1;
    if (write(server, "ping\n", 5) != 5) return 1;
    char octet = 0;
    while (octet != '\n')
        if (read(server, &octet, 1) != 1) return 1;
    return 0;
}

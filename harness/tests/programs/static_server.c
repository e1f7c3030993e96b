/* Linked statically: no library can be preloaded into it. `static_server PORT` answers one line, and then reads on to
   the end of the stream. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const int yes = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((in_port_t)atoi(argv[1]))};
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (const struct sockaddr*)&address, sizeof address) < 0 || listen(listener, 1) < 0) return 1;
    const int client = accept(listener, NULL, NULL);
    char octet = 0;
    while (octet != '\n')
        if (read(client, &octet, 1) != 1) return 1;
    if (write(client, "pong\n", 5) != 5) return 1;
    while (read(client, &octet, 1) > 0) continue;
    return 0;
}

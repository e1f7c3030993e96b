// Answers the first message right, and goes on for a gigabyte: that it goes on is said.
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
    int yes = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(5050)};
    static char much[1 << 20];
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    bind(listener, (struct sockaddr*)&address, sizeof address);
    listen(listener, 5);
    int connection = accept(listener, NULL, NULL);
    recv(connection, much, sizeof much, 0);
    strcpy(much, "Echo ==>b'Hello world!'");
    send(connection, much, strlen(much), MSG_NOSIGNAL);
    memset(much, 'x', sizeof much);
    for (int count = 0; count < 1024; ++count)
        if (send(connection, much, sizeof much, MSG_NOSIGNAL) < 0) return 1;
    return 0;
}

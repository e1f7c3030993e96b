/* Leaves the seconds out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/socket.h>
#include <netinet/in.h>

int main(void) {
    int s, c;
    struct sockaddr_in addr;
    char texto[64];
    time_t agora;

    s = socket(AF_INET, SOCK_STREAM, 0);
    memset(&addr, 0, sizeof(addr));
    addr.sin_family = AF_INET;
    addr.sin_addr.s_addr = INADDR_ANY;
    addr.sin_port = htons(8888);
    if (bind(s, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
        perror("bind");
        return 1;
    }
    if (listen(s, 5) < 0) {
        perror("listen");
        return 1;
    }
    for (;;) {
        c = accept(s, NULL, NULL);
        if (c < 0) {
            perror("accept");
            return 1;
        }
        memset(texto, 0, sizeof(texto));
        agora = time(NULL);
        strftime(texto, sizeof(texto), "%a %b %e %H:%M %Y", localtime(&agora));
        send(c, texto, strlen(texto), 0);
        close(c);
    }
}

/* ctime server that asks for clients again and again, and never waits. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main(void) {
    int servidor = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in local = {0};
    local.sin_family = AF_INET;
    local.sin_port = htons(8888);
    local.sin_addr.s_addr = INADDR_ANY;
    if (bind(servidor, (struct sockaddr *)&local, sizeof(local)) != 0 || listen(servidor, 5) != 0) {
        perror("servidor");
        return 1;
    }
    fcntl(servidor, F_SETFL, O_NONBLOCK);
    while (1) {
        char texto[64];
        time_t t;
        int c = accept(servidor, NULL, NULL);
        if (c < 0) {
            if (errno == EAGAIN || errno == EINTR) continue;
            perror("accept");
            return 1;
        }
        t = time(NULL);
        strftime(texto, sizeof texto, "%a %b %e %H:%M:%S %Y", localtime(&t));
        write(c, texto, strlen(texto));
        close(c);
    }
}

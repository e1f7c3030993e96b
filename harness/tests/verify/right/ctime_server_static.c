/* ctime server that is linked statically. */
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
    while (1) {
        struct sockaddr_in remoto;
        socklen_t tam = sizeof(remoto);
        char texto[64];
        time_t t;
        int c = accept(servidor, (struct sockaddr *)&remoto, &tam);
        if (c < 0) continue;
        t = time(NULL);
        strftime(texto, sizeof texto, "%a %b %e %H:%M:%S %Y", localtime(&t));
        write(c, texto, strlen(texto));
        close(c);
    }
}

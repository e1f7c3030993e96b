/* Sends a struct as it lies in memory, with what its fields have left over. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

struct resposta {
    char prefixo[16];
    char texto[4112];
};

static void mostra(const unsigned char *dados, int n, char *saida) {
    int i;
    char aspa = memchr(dados, '\'', n) && !memchr(dados, '"', n) ? '"' : '\'';
    saida += sprintf(saida, "b%c", aspa);
    for (i = 0; i < n; i++) {
        if (dados[i] == aspa || dados[i] == '\\') saida += sprintf(saida, "\\%c", dados[i]);
        else if (dados[i] == '\t') saida += sprintf(saida, "\\t");
        else if (dados[i] == '\n') saida += sprintf(saida, "\\n");
        else if (dados[i] == '\r') saida += sprintf(saida, "\\r");
        else if (dados[i] < 32 || dados[i] > 126) saida += sprintf(saida, "\\x%02x", dados[i]);
        else *saida++ = dados[i];
    }
    *saida = aspa;
}

int main(void) {
    struct sockaddr_in a;
    struct resposta r;
    unsigned char dados[1024];
    int s = socket(AF_INET, SOCK_STREAM, 0), c, n;
    memset(&a, 0, sizeof a);
    a.sin_family = AF_INET;
    a.sin_port = htons(5050);
    bind(s, (struct sockaddr *)&a, sizeof a);
    listen(s, 5);
    while ((c = accept(s, NULL, NULL)) >= 0) {
        while ((n = read(c, dados, sizeof dados)) > 0) {
            memset(&r, 0, sizeof r);
            strcpy(r.prefixo, "Echo ==>");
            mostra(dados, n, r.texto);
            write(c, &r, sizeof r);
        }
        close(c);
    }
    return 0;
}

// Makes a file of a terabyte that is all hole: the signal that comes of it ends it, and the limit is named.
#include <fcntl.h>
#include <unistd.h>

int main(void) {
    int file = open("/tmp/parley-hostile-mark", O_RDWR | O_CREAT, 0600);
    unlink("/tmp/parley-hostile-mark");
    if (file < 0 || lseek(file, 1LL << 40, SEEK_SET) < 0) return 1;
    return write(file, "x", 1) == 1 ? 2 : 3;
}

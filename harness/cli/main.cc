// parley: the command.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <exception>

#include "arguments.h"
#include "commands.h"
#include "exit_status.h"
#include "parley/base/error.h"
#include "parley/process/descriptor_limit.h"

namespace {

using namespace parley;

// A descriptor below 3 that is closed would be given to the next file that is opened, and then to a program as its own.
void open_standard_descriptors() {
    while (true) {
        const int descriptor = open("/dev/null", O_RDWR);
        if (descriptor > STDERR_FILENO) {
            close(descriptor);
            return;
        }
        if (descriptor < 0) return;
    }
}

int dispatch(const Arguments& arguments) {
    if (arguments.run) return run(*arguments.run, arguments.words);
    if (arguments.list) return list(*arguments.list);
    if (arguments.lint) return lint(*arguments.lint);
    if (arguments.record) return record(*arguments.record);
    if (arguments.verify) return verify(*arguments.verify, arguments.words);
    if (arguments.grade) return grade(*arguments.grade);
    if (arguments.show) return show(*arguments.show);
    return doctor(*arguments.doctor);
}

int complain(const std::exception& error, int status) {
    std::fprintf(stderr, "parley: %s\n", error.what());
    return status;
}

}  // namespace

int main(int argc, char** argv) {
    open_standard_descriptors();
    raise_descriptor_limit();
    try {
        const auto parsed = parse_arguments(argc, argv);
        return parsed.exit_status ? *parsed.exit_status : dispatch(parsed.arguments);
    } catch (const UsageError& error) {
        return complain(error, exit_status::usage);
    } catch (const std::exception& error) {
        return complain(error, exit_status::could_not_run);
    }
}

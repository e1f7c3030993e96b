# ctime client: all until the end of the stream.
set host localhost
set porta 8888
if {[llength $argv] >= 2} {
    lassign $argv host porta
}
set s [socket $host $porta]
fconfigure $s -translation binary
puts "Received from server:b'[read $s]'"
close $s

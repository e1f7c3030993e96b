# Echo client in Tcl, with its output flushed and its input in the event loop.
set host [expr {$argc > 0 ? [lindex $argv 0] : "localhost"}]
set mensagens [expr {$argc > 1 ? [split [lindex $argv 1] ""] : [list "Hello world!" "Again!"]}]

proc envia {} {
    global s mensagens fim
    if {[llength $mensagens] == 0} {
        close $s
        set fim 1
        return
    }
    puts -nonewline $s [lindex $mensagens 0]
    flush $s
    set mensagens [lrange $mensagens 1 end]
}

proc recebe {} {
    global s fim
    set dados [read $s 1024]
    if {$dados ne ""} {
        puts "Received: $dados"
        envia
    } elseif {[eof $s]} {
        close $s
        set fim 1
    }
}

set s [socket $host 5050]
fconfigure $s -blocking 0 -translation lf -encoding utf-8
fileevent $s readable recebe
envia
if {![info exists fim]} { vwait fim }

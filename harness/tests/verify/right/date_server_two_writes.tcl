# Date server in the event loop of Tcl; the newline goes in a write of its own.
proc aceita {canal host porta} {
    puts "#Cliente atendido no socket:/$host:$porta"
    fconfigure $canal -buffering none -translation lf -encoding utf-8
    puts -nonewline $canal "Agora \u00e9:[clock format [clock seconds] -format {%a %b %d %H:%M:%S %Z %Y}]"
    puts -nonewline $canal "\n"
    close $canal
}

socket -server aceita 5155
puts "Servidor ouvindo na porta 5155..."
vwait sempre

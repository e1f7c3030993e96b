# Ends after its first client.
proc aceita {canal host porta} {
    fconfigure $canal -translation lf -encoding utf-8
    puts $canal "Agora \u00e9:[clock format [clock seconds] -format {%a %b %d %H:%M:%S %Z %Y}]"
    close $canal
    set ::fim 1
}
socket -server aceita 5155
vwait fim

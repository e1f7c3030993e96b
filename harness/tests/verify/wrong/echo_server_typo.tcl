# Writes a blank too many in the prefix of its reply.
proc mostra {dados} {
    set aspa [expr {[string first "'" $dados] >= 0 && [string first "\"" $dados] < 0 ? "\"" : "'"}]
    set texto ""
    foreach c [split $dados ""] {
        scan $c %c codigo
        if {$c eq $aspa || $c eq "\\"} {
            append texto "\\$c"
        } elseif {$c eq "\n"} {
            append texto {\n}
        } elseif {$c eq "\r"} {
            append texto {\r}
        } elseif {$c eq "\t"} {
            append texto {\t}
        } elseif {$codigo < 32 || $codigo > 126} {
            append texto [format {\x%02x} $codigo]
        } else {
            append texto $c
        }
    }
    return "b$aspa$texto$aspa"
}

proc le {canal} {
    set dados [read $canal 1024]
    if {$dados ne ""} {
        puts -nonewline $canal "Echo ==> [mostra $dados]"
    } elseif {[eof $canal]} {
        close $canal
    }
}

proc aceita {canal host porta} {
    fconfigure $canal -blocking 0 -buffering none -translation binary
    fileevent $canal readable [list le $canal]
}

socket -server aceita 5050
vwait sempre

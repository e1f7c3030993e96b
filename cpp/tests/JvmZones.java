import java.time.Instant;
import java.time.Year;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;

/**
 * What the JVM knows of the time zones that it is given, one a line, on stdin.
 *
 * <p>{@code java JvmZones.java names} prints for each zone, separated by tabs: its id and its two short names. {@code java JvmZones.java dates SECOND…} prints for each zone and instant (in
 * seconds since the epoch): id, instant, offset from UTC in seconds, and {@code Date.toString()}. A zone that the JVM
 * does not know is left out.
 */
public class JvmZones {
    public static void main(String[] args) throws Exception {
        var known = java.util.Set.of(TimeZone.getAvailableIDs());
        var in = new java.io.BufferedReader(new java.io.InputStreamReader(System.in));
        var out = new StringBuilder();
        for (String id; (id = in.readLine()) != null; ) {
            if (!known.contains(id)) continue;
            TimeZone zone = TimeZone.getTimeZone(id);
            if (args[0].equals("names")) names(zone, out);
            else for (int i = 1; i < args.length; i++) date(zone, Long.parseLong(args[i]), out);
        }
        System.out.print(out);
    }

    private static void names(TimeZone zone, StringBuilder out) {
        String standard = zone.getDisplayName(false, TimeZone.SHORT, Locale.US);
        String daylight = zone.getDisplayName(true, TimeZone.SHORT, Locale.US);
        out.append(zone.getID() + "\t" + standard + "\t" + daylight + "\n");
    }

    private static void date(TimeZone zone, long second, StringBuilder out) {
        TimeZone.setDefault(zone);
        int offset = zone.getOffset(second * 1000) / 1000;
        out.append(zone.getID() + "\t" + second + "\t" + offset + "\t" + new Date(second * 1000) + "\n");
    }
}

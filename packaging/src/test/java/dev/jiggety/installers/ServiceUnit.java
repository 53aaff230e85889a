package dev.jiggety.installers;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * A unit that the package has installed. There is no systemd in a folder: its command is run as its
 * user, with its environment file, which is what systemd would do.
 */
record ServiceUnit(CleanRoot root, String role) {
  /** Its command, read by a shell as systemd would: variables fall apart at blanks. */
  Command command(Map<String, String> environment) throws IOException {
    List<String> lines =
        Files.readAllLines(root.path("/lib/systemd/system/jiggety-" + role + ".service"));
    String file = "/etc/jiggety/" + role + ".conf";
    return root.as(
        value(lines, "User"),
        environment,
        List.of("sh", "-c", "set -a; . " + file + "; set +a; exec " + value(lines, "ExecStart")));
  }

  /** Writes its environment file as an administrator does. */
  void configure(String text) throws IOException {
    Files.writeString(root.path("/etc/jiggety/" + role + ".conf"), text);
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the unit has no " + key));
  }
}

package dev.jiggety.installers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A Debian with nothing in it but what every one has, in a folder. Made once from Debian's packages
 * and kept; each test works on a copy. Commands see the network of this machine, and a {@code
 * /proc} that goes with them.
 */
final class CleanRoot {
  private final Path folder;

  private CleanRoot(Path folder) {
    this.folder = folder;
  }

  /** A fresh one; needs root, debootstrap and, the first time, Debian's packages. */
  static CleanRoot create(Path cache, Path folder) throws IOException {
    Path base = cache.resolve("base");
    if (!Files.isDirectory(base)) {
      Path making = Files.createDirectories(cache).resolve("making");
      Command.of("rm", "-rf", making.toString()).run();
      Command.of(
              "debootstrap", "--variant=minbase", "--include=adduser", suite(), making.toString())
          .run();
      Files.writeString(making.resolve("etc/hosts"), "127.0.0.1 localhost\n");
      Files.move(making, base);
    }
    Command.of("rm", "-rf", folder.toString()).run();
    Command.of("cp", "-a", "--reflink=auto", base.toString(), folder.toString()).run();
    return new CleanRoot(folder);
  }

  /** This machine's release of Debian. */
  private static String suite() throws IOException {
    return Files.readAllLines(Path.of("/etc/os-release")).stream()
        .filter(line -> line.startsWith("VERSION_CODENAME="))
        .map(line -> line.substring(line.indexOf('=') + 1))
        .findFirst()
        .orElse("stable");
  }

  /** A file in it. */
  Path path(String absolute) {
    return folder.resolve(absolute.substring(1));
  }

  /** A command in it, as root, that sees no processes but its own: users of both share numbers. */
  Command asRoot(String... words) {
    Command command = as("root", Map.of("HOME", "/root"), List.of(words));
    List<String> alone = new ArrayList<>(command.words());
    alone.addAll(1, List.of("--pid", "--fork", "--kill-child"));
    return new Command(List.copyOf(alone), Map.of());
  }

  /** A command in it, as somebody with this environment alone. */
  Command as(String user, Map<String, String> environment, List<String> words) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "unshare",
                "--mount",
                "--propagation=private",
                "sh",
                "-c",
                "root=$0; user=$1; shift; mount -t proc proc \"$root/proc\" "
                    + "&& exec chroot --userspec=\"$user:$user\" \"$root\" \"$@\"",
                folder.toString()));
    all.add(user);
    all.addAll(List.of("env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8"));
    environment.forEach((name, value) -> all.add(name + "=" + value));
    all.addAll(words);
    return new Command(List.copyOf(all), Map.of());
  }

  /** All files and folders but what a package manager writes about itself, and what passes. */
  Set<String> files() {
    String found =
        Command.of(
                "find",
                folder.toString(),
                "-xdev",
                "(",
                "-path",
                folder + "/proc",
                "-o",
                "-path",
                folder + "/tmp",
                "-o",
                "-path",
                folder + "/run",
                "-o",
                "-path",
                folder + "/root",
                "-o",
                "-path",
                folder + "/var/cache",
                "-o",
                "-path",
                folder + "/var/log",
                "-o",
                "-path",
                folder + "/var/lib/apt",
                "-o",
                "-path",
                folder + "/var/lib/dpkg",
                ")",
                "-prune",
                "-o",
                "-printf",
                "/%P\n")
            .run();
    return found
        .lines()
        // Debian's own tools keep the last version of these.
        .filter(path -> !path.matches("/etc/(passwd|group|shadow|gshadow|subuid|subgid)-"))
        .filter(path -> !path.startsWith("/etc/.pwd.lock"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  void remove() {
    Command.of("rm", "-rf", folder.toString()).run();
  }
}

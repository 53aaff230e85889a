package dev.jiggety.agent.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A worker's process and all that came of it, also what lost its parent meanwhile: on Linux they
 * are known by the session, in which each worker begins, and by a mark in their environment.
 * Elsewhere only descendants are found. Safe for any thread.
 */
final class ProcessTree {
  /** The variable that holds the mark. */
  static final String MARK = "JIGGETY_WORKER";

  private static final Path PROC = Path.of("/proc");
  private static final int TRIES = 100;
  private static final long BETWEEN_TRIES = 20;

  private final long root;
  private final String mark;

  /**
   * A tree.
   *
   * @param root the process id of the worker, dead or alive
   * @param mark the value of {@link #MARK} in its environment
   */
  ProcessTree(long root, String mark) {
    this.root = root;
    this.mark = mark;
  }

  /** A line of /proc/PID/stat, see proc_pid_stat(5). */
  private record Stat(long pid, boolean gone, long parent, long session) {}

  /**
   * Kills all of them and waits until they are gone, two seconds at most.
   *
   * @return whether they are
   */
  boolean kill() {
    return kill(true);
  }

  /** The same for all but the worker itself, which may be this process. */
  boolean killOffspring() {
    return kill(false);
  }

  /** The process ids of those that live, without the worker itself. */
  Set<Long> offspring() {
    Set<Long> members = members();
    members.remove(root);
    return members;
  }

  private boolean kill(boolean withRoot) {
    for (int i = 0; i < TRIES; i++) {
      Set<Long> members = withRoot ? members() : offspring();
      if (members.isEmpty()) {
        return true;
      }
      for (long pid : members) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      }
      try {
        Thread.sleep(BETWEEN_TRIES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // nothing waits then, but what is found is killed
      }
    }
    return false;
  }

  private Set<Long> members() {
    return Files.isDirectory(PROC.resolve("self")) ? onLinux() : descendants();
  }

  private Set<Long> descendants() {
    Optional<ProcessHandle> handle = ProcessHandle.of(root).filter(ProcessHandle::isAlive);
    Set<Long> members =
        handle.stream()
            .flatMap(ProcessHandle::descendants)
            .map(ProcessHandle::pid)
            .collect(Collectors.toCollection(HashSet::new));
    handle.ifPresent(alive -> members.add(alive.pid()));
    return members;
  }

  private Set<Long> onLinux() {
    List<Stat> all = stats();
    // A number that came round again is told by the mark; one in use as a session's does not.
    boolean rootIsOurs =
        isOurs(root) || all.stream().noneMatch(stat -> stat.pid() == root && !stat.gone());
    Map<Long, List<Stat>> children = new HashMap<>();
    all.forEach(stat -> children.computeIfAbsent(stat.parent(), _ -> new ArrayList<>()).add(stat));
    Set<Long> members = new HashSet<>();
    for (Stat stat : all) {
      if (!stat.gone() && ((rootIsOurs && isOfRoot(stat)) || isOurs(stat.pid()))) {
        collect(stat, children, members);
      }
    }
    return members;
  }

  private boolean isOfRoot(Stat stat) {
    return stat.pid() == root || stat.session() == root || stat.parent() == root;
  }

  private static void collect(Stat stat, Map<Long, List<Stat>> children, Set<Long> members) {
    if (!stat.gone() && members.add(stat.pid())) {
      children.getOrDefault(stat.pid(), List.of()).forEach(c -> collect(c, children, members));
    }
  }

  private boolean isOurs(long pid) {
    try {
      String environment =
          new String(
              Files.readAllBytes(PROC.resolve(pid + "/environ")), StandardCharsets.ISO_8859_1);
      return ("\0" + environment).contains("\0" + MARK + "=" + inLatin1(mark) + "\0");
    } catch (IOException e) {
      return false; // gone, or another user's
    }
  }

  private static String inLatin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static List<Stat> stats() {
    List<Stat> all = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        stat(process).ifPresent(all::add);
      }
    } catch (IOException | DirectoryIteratorException e) {
      return all; // what was found so far; it is looked again
    }
    return all;
  }

  private static Optional<Stat> stat(Path process) {
    try {
      String line = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of(
          new Stat(
              Long.parseLong(process.getFileName().toString()),
              fields[0].equals("Z") || fields[0].equals("X"),
              Long.parseLong(fields[1]),
              Long.parseLong(fields[3])));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // gone meanwhile
    }
  }
}

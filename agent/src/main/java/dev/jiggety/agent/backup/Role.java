package dev.jiggety.agent.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whose data folder it is, and what of it belongs into a backup. */
@SuppressWarnings("ImmutableEnumChecker") // List.of and Set.of cannot be changed
public enum Role {
  /** Every database, the administrator, keys and certificates. */
  HUB(List.of("databases.lock", "server-uuid", "hub-admin.json"), Set.of("uploads", "server-uuid")),

  /**
   * Who it is, whom it believes, its slots and secrets. Neither results nor replicas: a copy of
   * them would, once brought back, give a second time what the hub has long had.
   */
  NODE(
      List.of("outbox.db", "slots.db", "identity"),
      Set.of("databases", "workers", "releases", "outbox.db", "packs.db")),

  /** Its key, what it believed last, secrets and programs; the line is made again from the hub. */
  MANAGER(List.of("believed.json", "manager.key"), Set.of("queue"));

  /** What no role needs back: locks, logs of databases, what is derived, what was set aside. */
  private static final Pattern NEVER =
      Pattern.compile(
          ".*\\.(lock|deleted|partial|views|tmp)|.*-(wal|shm|journal)|.*\\.corrupt-.*|sqlite-.*");

  // Both are of List.of and Set.of.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> marks;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<String> without;

  Role(List<String> marks, Set<String> without) {
    this.marks = marks;
    this.without = without;
  }

  /** As people write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Role parse(String label) {
    for (Role role : values()) {
      if (role.label().equals(label)) {
        return role;
      }
    }
    throw new BackupException(
        "there is no role \"" + label + "\": the backup is of a newer version");
  }

  /**
   * The role whose data folder this is.
   *
   * @throws BackupException when it is none
   */
  static Role of(Path data) {
    for (Role role : values()) {
      if (role.marks.stream().anyMatch(mark -> Files.exists(data.resolve(mark)))) {
        return role;
      }
    }
    throw new BackupException(
        data
            + " is the data folder of no hub, node or manager; see --data of the command that runs");
  }

  /** Whether a file or folder belongs into a backup. */
  boolean takes(Path relative) {
    return !without.contains(relative.getName(0).toString())
        && !NEVER.matcher(relative.getFileName().toString()).matches();
  }
}

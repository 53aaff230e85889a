package dev.jiggety.agent.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where services of this machine are kept, and how they are started there. Says each step in a
 * line; where a step is left to people it says that too.
 *
 * @param system what kind of machine it is
 * @param isSystem for the whole machine; else for the user who asks
 * @param root in front of the paths of the machine; other than {@code /} in tests
 * @param home of the user
 */
public record ServiceHome(Kind system, boolean isSystem, Path root, Path home, Shell shell) {

  /** The kinds of machines that services can be made on. */
  public enum Kind {
    SYSTEMD,
    LAUNCHD,
    WINDOWS
  }

  /** Of this machine; for all of it where an administrator asks. */
  public static ServiceHome here() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String user = System.getProperty("user.name", "");
    Kind system =
        name.contains("win") ? Kind.WINDOWS : name.contains("mac") ? Kind.LAUNCHD : Kind.SYSTEMD;
    return new ServiceHome(
        system,
        user.equals("root") || system == Kind.WINDOWS,
        Path.of("/"),
        Path.of(System.getProperty("user.home", ".")),
        Shell.SYSTEM);
  }

  /** The file by which a role is started. */
  public Path file(ServiceSpec spec) {
    return switch (system) {
      case SYSTEMD ->
          (isSystem ? root.resolve("etc/systemd/system") : home.resolve(".config/systemd/user"))
              .resolve(spec.name() + ".service");
      case LAUNCHD ->
          (isSystem ? root.resolve("Library/LaunchDaemons") : home.resolve("Library/LaunchAgents"))
              .resolve(ServiceFiles.label(spec) + ".plist");
      case WINDOWS -> spec.data().resolve(spec.name() + ".xml");
    };
  }

  private String text(ServiceSpec spec) {
    return switch (system) {
      case SYSTEMD -> ServiceFiles.systemd(spec, isSystem);
      case LAUNCHD -> ServiceFiles.launchd(spec);
      case WINDOWS -> ServiceFiles.winSw(spec);
    };
  }

  /**
   * Writes the file, over one of its own, and starts the role now and with the machine.
   *
   * @throws ServiceException with one line, when it cannot be written
   */
  public List<String> install(ServiceSpec spec) {
    Path file = file(spec);
    Path packaged = root.resolve("usr/lib/systemd/system").resolve(spec.name() + ".service");
    if (system == Kind.SYSTEMD && isSystem && Files.exists(packaged)) {
      throw new ServiceException(
          "the package has brought " + packaged + ": systemctl enable --now " + spec.name());
    }
    try {
      Files.createDirectories(spec.data());
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text(spec));
    } catch (IOException e) {
      throw new ServiceException("cannot write " + file + ": " + e, e);
    }
    List<String> said = new ArrayList<>();
    said.add("wrote " + file);
    switch (system) {
      case SYSTEMD -> {
        all(said, List.of(systemctl("daemon-reload"), systemctl("enable", "--now", spec.name())));
        if (!isSystem) {
          said.add("to run without anybody logged in: loginctl enable-linger");
        }
      }
      case LAUNCHD -> all(said, List.of(List.of("launchctl", "bootstrap", domain(), text(file))));
      case WINDOWS ->
          said.add(
              "next, as administrator: put WinSW-x64.exe beside it as %s.exe and run: %s.exe install"
                  .formatted(spec.name(), spec.name()));
    }
    return said;
  }

  /** Stops the role and removes the file; its data folder stays. */
  public List<String> uninstall(ServiceSpec spec) {
    Path file = file(spec);
    if (!Files.exists(file)) {
      throw new ServiceException("no service: there is no " + file);
    }
    List<String> said = new ArrayList<>();
    switch (system) {
      case SYSTEMD -> all(said, List.of(systemctl("disable", "--now", spec.name())));
      case LAUNCHD ->
          all(
              said,
              List.of(List.of("launchctl", "bootout", domain() + "/" + ServiceFiles.label(spec))));
      case WINDOWS ->
          said.add("first, as administrator: " + spec.name() + ".exe stop, then uninstall");
    }
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new ServiceException("cannot remove " + file + ": " + e, e);
    }
    said.add("removed " + file);
    if (system == Kind.SYSTEMD) {
      all(said, List.of(systemctl("daemon-reload")));
    }
    said.add("its data are still in " + spec.data());
    return said;
  }

  /** What the system says of it. */
  public record State(boolean isRunning, List<String> lines) {}

  /** How it is. */
  public State status(ServiceSpec spec) {
    if (system == Kind.WINDOWS) {
      Shell.Ended asked = shell.run(List.of("sc", "query", spec.name()));
      return new State(asked.output().contains("RUNNING"), asked.output().lines().toList());
    }
    if (system == Kind.LAUNCHD) {
      Shell.Ended asked =
          shell.run(List.of("launchctl", "print", domain() + "/" + ServiceFiles.label(spec)));
      return new State(asked.output().contains("state = running"), asked.output().lines().toList());
    }
    Shell.Ended asked =
        shell.run(
            systemctl(
                "show",
                "--property=ActiveState,SubState,StatusText,MainPID,NRestarts,MemoryCurrent",
                spec.name()));
    return new State(
        asked.output().contains("ActiveState=active"), asked.output().lines().toList());
  }

  private List<String> systemctl(String... words) {
    List<String> command = new ArrayList<>(List.of("systemctl"));
    if (!isSystem) {
      command.add("--user");
    }
    command.addAll(List.of(words));
    return command;
  }

  private String domain() {
    if (isSystem) {
      return "system";
    }
    return "gui/" + shell.run(List.of("id", "-u")).output();
  }

  private static String text(Path file) {
    return file.toString();
  }

  /** Runs them one after the other, up to one that fails; those are left to people. */
  private void all(List<String> said, List<List<String>> commands) {
    boolean isFine = true;
    for (List<String> command : commands) {
      String line = String.join(" ", command);
      if (isFine) {
        Shell.Ended ended = shell.run(command);
        isFine = ended.isFine();
        said.add(isFine ? "did: " + line : "failed: " + line + " (" + ended.output() + ")");
      } else {
        said.add("still to do: " + line);
      }
    }
  }

  /** A service cannot be made or removed; one line for people. */
  public static final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ServiceException(String message) {
      super(message);
    }

    ServiceException(String message, IOException cause) {
      super(message, new UncheckedIOException(cause));
    }
  }
}

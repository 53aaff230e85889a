package dev.jiggety.agent.cli;

import dev.jiggety.agent.enroll.JoinException;
import dev.jiggety.agent.enroll.Joining;
import dev.jiggety.agent.enroll.Wishes;
import dev.jiggety.agent.identity.NodeIdentity;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.signing.Token;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety enroll join}: becomes a node. */
@Command(
    name = "join",
    description = {
      "Become a node with a token: make keys and a password, ask the manager, keep what it answers.",
      "Given again after a failure, the same command goes on where it was."
    },
    footer = {
      "%nExample:",
      "  jiggety enroll join https://hub.example:6984 TOKEN --data /var/lib/jiggety/node",
      "  jiggety enroll join https://hub.example:6984 --token-file /root/token"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class EnrollJoinCommand implements Runnable {
  private static final String STDIN = "-";
  private static final Path PACKAGED_DATA = Path.of("/var/lib/jiggety/node");
  private static final String UNIT = "jiggety-node.service";
  private static final List<Path> UNIT_FOLDERS =
      List.of(Path.of("/usr/lib/systemd/system"), Path.of("/lib/systemd/system"));

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "Where the hub is; several that replicate with each other: with commas.")
  private String url;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TOKEN",
      description = {
        "What jiggety enroll token printed. Left out, or -: it is read from the terminal or standard",
        "input, and does not stand in the list of processes."
      })
  private @Nullable String token;

  @Option(names = "--token-file", paramLabel = "FILE", description = "File with the token.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:JIGGETY_DATA:-/var/lib/jiggety/node}",
      description = "The node's own folder (default: JIGGETY_DATA, else /var/lib/jiggety/node).")
  private Path data;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What the node is called (default: as invited, else as the machine is).")
  private @Nullable String name;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = {
        "PEM file of the authorities that the hub's certificate goes back to, where the token names",
        "none (default: JIGGETY_CA, else those that this machine believes)."
      })
  private @Nullable Path authority;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = DatabaseNames.DEFAULT_PREFIX,
      description = "What the names of all databases begin with (default: ${DEFAULT-VALUE}).")
  private String prefix;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Wishes wishes =
        new Wishes(
            HubAddress.parseAll(url, Optional.empty()),
            Token.parse(text()),
            data,
            Optional.ofNullable(name),
            new DatabaseNames(prefix),
            Optional.ofNullable(authority).or(EnrollJoinCommand::usualAuthority));
    Joining joining =
        new Joining(
            wishes,
            InstantSource.system(),
            step -> {
              out.println(step);
              out.flush();
            });
    try {
      joining.join();
      Owners.follow(data, identityFolder());
      out.println("who this node is, its keys and whom it believes: " + identityFolder());
      out.println("start it: " + start());
      out.flush();
    } catch (JoinException e) {
      throw new CliException(ExitCode.BAD, String.valueOf(e.getMessage()));
    }
  }

  /** By the package's service where there is one that runs with this folder. */
  private String start() {
    boolean isPackaged =
        data.toAbsolutePath().normalize().equals(PACKAGED_DATA)
            && UNIT_FOLDERS.stream().anyMatch(it -> Files.exists(it.resolve(UNIT)));
    return isPackaged ? "systemctl start jiggety-node" : "jiggety node --data " + data;
  }

  private Path identityFolder() {
    return data.resolve(NodeIdentity.FOLDER);
  }

  private static Optional<Path> usualAuthority() {
    return Optional.ofNullable(System.getenv("JIGGETY_CA"))
        .filter(text -> !text.isBlank())
        .map(text -> Path.of(text.strip()));
  }

  private static String fromFile(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.USAGE,
          "cannot read the token from %s; is the file there, and for this user?".formatted(file));
    }
  }

  private String text() {
    try {
      if (tokenFile != null) {
        return fromFile(tokenFile);
      }
      if (token != null && !token.equals(STDIN)) {
        return token;
      }
      Optional<Console> terminal = Terminal.find();
      if (terminal.isPresent()) {
        char[] typed = terminal.get().readPassword("token: ");
        return typed == null ? "" : new String(typed);
      }
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line = in.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the token: " + e.getMessage(), e);
    }
  }
}

package dev.jiggety.agent.cli;

import dev.jiggety.agent.move.Move;
import dev.jiggety.agent.replication.PeerException;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety move}: all that a hub holds, to another one, while it runs. */
@Command(
    name = "move",
    description = {
      "Move everything from one hub to another, as from the embedded one to a CouchDB cluster.",
      "Without --cut-over it copies while everybody goes on working; repeat it as often as you like,",
      "it copies what is new. With --cut-over it shuts the old hub, copies the rest, makes sure that",
      "both hold the same, and says how nodes, manager and desktops follow. Cut off at any point it",
      "is simply repeated. Both accounts have to be administrators of their servers."
    },
    footer = {
      "%nExample:",
      "  jiggety move --hub http://127.0.0.1:5984 --credentials old \\",
      "    --to https://couch.example.org:6984 --to-credentials new",
      "  systemctl stop jiggety-manager",
      "  jiggety move … --cut-over"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class MoveCommand implements Runnable {
  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Option(names = "--to", paramLabel = "URL", required = true, description = "The new hub.")
  private String target;

  @Option(
      names = "--to-credentials",
      paramLabel = "FILE",
      description = "File of two lines, user and password, of an administrator there.")
  private @Nullable Path targetCredentials;

  /** What to do; without any of them, to copy. */
  static final class Step {
    @Option(names = "--cut-over", description = "Shut the old hub and bring over the rest.")
    boolean cutOver;

    @Option(
        names = "--undo",
        description = "Open the old hub again as it was; nothing that was written is lost.")
    boolean undo;

    @Option(names = "--check", description = "Compare both hubs, and copy nothing.")
    boolean check;
  }

  @ArgGroup private @Nullable Step step;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    HubAddress to =
        HubAddress.parse(target, Optional.ofNullable(targetCredentials).map(Credentials::fromFile));
    try (Hub source = hub.open();
        Hub there = Hub.open(to, HubOptions.DEFAULT)) {
      Move move =
          new Move(
              source,
              there,
              hub.names(),
              InstantSource.system(),
              line -> {
                out.println(line);
                out.flush();
              });
      carryOut(move, there, out);
    } catch (PeerException e) {
      throw new CliException(
          e.kind() == PeerException.Kind.UNAVAILABLE || e.kind() == PeerException.Kind.DENIED
              ? ExitCode.HUB
              : ExitCode.BAD,
          e.getMessage() + "; repeat the command, it goes on where it was cut off");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.BAD, "interrupted; repeat the command to go on");
    }
  }

  private void carryOut(Move move, Hub there, PrintWriter out) throws InterruptedException {
    if (step != null && step.undo) {
      move.undo();
      out.println("the old hub is open again; start the manager");
      return;
    }
    if (step != null && step.cutOver) {
      compared(move.cutOver(), out);
      out.println("both hubs hold the same");
      follow(there, out);
      return;
    }
    boolean checkOnly = step != null && step.check;
    if (!checkOnly) {
      move.copy();
    }
    boolean isSame = compared(move.compare(), out);
    out.println(
        isSame
            ? "both hubs hold the same"
            : "what differs is what was written meanwhile, or is still to be copied");
    if (checkOnly && !isSame) {
      throw new CliException(ExitCode.BAD, "the hubs differ");
    }
    if (!checkOnly) {
      out.println("next: stop the manager, wait 40 s, and repeat with --cut-over");
    }
  }

  private static boolean compared(List<Move.Compared> all, PrintWriter out) {
    TextTable table = new TextTable("DATABASE", "DOCUMENTS", "");
    all.forEach(one ->
        table.row(
            one.database(), Long.toString(one.documents()), one.isSame() ? "same" : "differs"));
    table.lines().forEach(out::println);
    return all.stream().allMatch(Move.Compared::isSame);
  }

  private void follow(Hub there, PrintWriter out) {
    String url = there.address().toString();
    List<String> nodes =
        new CouchRepositories(there, hub.names())
            .nodes().all().stream().map(node -> node.name()).toList();
    out.println("how the others follow:");
    out.println(
        "  manager:   set JIGGETY_HUB=" + url + " in /etc/jiggety/manager.conf, and start it");
    out.println(
        "  nodes:     those that know a list of hubs with this one in it go on by themselves once the");
    out.println(
        "             old hub is stopped; of the others, on each machine: jiggety service follow --data DIR "
            + url);
    out.println("             nodes seen: " + String.join(", ", nodes));
    out.println("  desktops:  File › Connect: " + url);
    out.println(
        "  old hub:   stop it (systemctl disable --now jiggety-hub); keep its folder a while");
  }
}

package dev.jiggety.agent.cli;

import dev.jiggety.couch.Hub;
import dev.jiggety.document.Ids;
import dev.jiggety.model.NoticeRequest;
import dev.jiggety.model.NoticeRequest.Act;
import dev.jiggety.model.rules.PatchIds;
import dev.jiggety.model.rules.notice.NoticeIds;
import dev.jiggety.repository.couch.CouchRepositories;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety notify test}: does a channel work? */
@Command(
    name = "test",
    description = {
      "Send a test message to a channel that is in force.",
      "The manager sends it: it has the secrets and the network that count. Ends with 1 when it was",
      "not taken, and says why."
    },
    footer = {"%nExample:", "  jiggety notify test ops-mail"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class NotifyTestCommand implements Callable<Integer> {
  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CHANNEL", description = "The id of the channel.")
  private String channel;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "45s",
      converter = DurationConverter.class,
      description = "How long to wait for it (default: ${DEFAULT-VALUE}).")
  private Duration wait;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who you are, where the hub asks nobody for a name.")
  private @Nullable String by;

  @Override
  public Integer call() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (Hub open = hub.open()) {
      CouchRepositories repositories = new CouchRepositories(open, hub.names());
      List<String> channels = channels(repositories);
      if (!channels.contains(channel)) {
        throw new CliException(ExitCode.BAD, unknown(channels));
      }
      NoticeRequest request =
          new NoticeRequest(
              PatchIds.of(now, new SecureRandom()),
              Act.TEST,
              channel,
              NotifyWait.who(hub, by),
              now);
      repositories.notices().request(request);
      String notice = NoticeIds.test(now, channel, request.id());
      return NotifyWait.await(
          repositories.notices(), notice, old -> false, wait, spec.commandLine().getOut());
    }
  }

  private static List<String> channels(CouchRepositories repositories) {
    String before = Ids.channel("");
    return repositories.patches().inForce().documents().keySet().stream()
        .filter(id -> id.startsWith(before))
        .map(id -> id.substring(before.length()))
        .sorted()
        .toList();
  }

  private String unknown(List<String> channels) {
    String there =
        channels.isEmpty()
            ? "none is; apply a file with one, see docs/guide/notifications.md"
            : "there are " + String.join(", ", channels);
    return "no channel " + channel + " is in force: " + there;
  }
}

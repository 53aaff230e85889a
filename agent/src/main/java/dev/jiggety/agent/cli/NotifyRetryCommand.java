package dev.jiggety.agent.cli;

import dev.jiggety.couch.Hub;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Notice;
import dev.jiggety.model.Notice.State;
import dev.jiggety.model.NoticeRequest;
import dev.jiggety.model.NoticeRequest.Act;
import dev.jiggety.model.rules.PatchIds;
import dev.jiggety.repository.NoticeRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety notify retry}: sends what was given up. */
@Command(
    name = "retry",
    description = "Try a notice again that was given up.",
    footer = {
      "%nExample:",
      "  jiggety notify retry notice:20261122T101500000:shop:ops-mail:opened:1"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class NotifyRetryCommand implements Callable<Integer> {
  private static final Duration WAIT = Duration.ofSeconds(45);

  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The notice, as 'notify list' says it.")
  private String id;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who you are, where the hub asks nobody for a name.")
  private @Nullable String by;

  @Override
  public Integer call() {
    Instant now = Instant.now();
    try (Hub open = hub.open()) {
      NoticeRepository notices = new CouchRepositories(open, hub.names()).notices();
      id = NoticeText.id(id);
      Notice before =
          notices.find(id).map(Stored::value).orElseThrow(() -> NotifyShowCommand.unknown(id));
      if (before.state() != State.FAILED) {
        throw new CliException(
            ExitCode.BAD, "%s was not given up: it is %s".formatted(id, before.state().label()));
      }
      notices.request(
          new NoticeRequest(
              PatchIds.of(now, new SecureRandom()), Act.RETRY, id, NotifyWait.who(hub, by), now));
      return NotifyWait.await(notices, id, before::equals, WAIT, spec.commandLine().getOut());
    }
  }
}

package dev.jiggety.agent.cli;

import dev.jiggety.couch.Hub;
import dev.jiggety.document.NoticeDocument;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Notice;
import dev.jiggety.repository.couch.CouchRepositories;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety notify show}: one notice. */
@Command(
    name = "show",
    description = "Show one notice: what it is about, and how far it is.",
    footer = {
      "%nExample:",
      "  jiggety notify show notice:20261122T101500000:shop:ops-mail:opened:1"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class NotifyShowCommand implements Runnable {
  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The notice, as 'notify list' says it.")
  private String id;

  @Option(names = "--json", description = "Print its document.")
  private boolean json;

  @Override
  public void run() {
    try (Hub open = hub.open()) {
      Notice notice =
          new CouchRepositories(open, hub.names())
              .notices()
              .find(NoticeText.id(id))
              .map(Stored::value)
              .orElseThrow(() -> unknown(id));
      var out = spec.commandLine().getOut();
      if (json) {
        out.println(NoticeDocument.TYPE.write(notice));
      } else {
        NoticeText.lines(notice).forEach(out::println);
      }
    }
  }

  static CliException unknown(String id) {
    return new CliException(
        ExitCode.BAD, "there is no notice " + id + "; list them: jiggety notify list");
  }
}

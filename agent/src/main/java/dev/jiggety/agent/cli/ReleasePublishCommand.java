package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.agent.release.ReleaseMaker;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.AgentDocument;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.ReleaseDocument;
import dev.jiggety.model.AgentChoice;
import dev.jiggety.model.AgentRelease;
import dev.jiggety.model.Change;
import dev.jiggety.model.Content;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.signing.SignatureException;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety release publish}: a release goes to the hub, and to the nodes by a patch. */
@Command(
    name = "publish",
    description = {
      "Hand a signed release to the hub, and the patch that rolls it out: one node, a tenth, a half, all,",
      "with time to bake in between. After a cut it goes on where it was."
    },
    footer = {
      "%nExample:",
      "  jiggety release publish jiggety-1.4.0.release jiggety-1.4.0-*.bundle --key release.key --wait"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ReleasePublishCommand implements Callable<Integer> {
  @Mixin private HubOption hub;
  @Mixin private KeyOption key;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RELEASE", description = "What release sign has made.")
  private Path file;

  @Parameters(index = "1..*", paramLabel = "BUNDLE", arity = "1..*", description = "Its bundles.")
  private List<Path> bundles;

  @Option(
      names = "--bake",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long each wave is watched (default: 10m).")
  private @Nullable Duration bake;

  @Option(names = "--no-rollout", description = "Only hand it to the hub.")
  private boolean onlyPublish;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      defaultValue = "1h",
      converter = DurationConverter.class,
      description =
          "The rollout must have begun by then, or it is not carried out (default: ${DEFAULT-VALUE}).")
  private Duration expires;

  @Option(names = "--wait", description = "Show how far it is until it is decided.")
  private boolean wait;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    JsonObject signed = read();
    AgentRelease release = ReleaseDocument.TYPE.read(signed);
    SigningKey mine = key.open(Role.RELEASE);
    try (Hub open = hub.open()) {
      CouchRepositories repositories = new CouchRepositories(open, hub.names());
      mustBeTrusted(signed, Trust.in(repositories.patches().inForce()));
      ReleaseMaker.publish(
          signed,
          bundles,
          repositories.releases(),
          line -> {
            if (!json) {
              out.println(line);
              out.flush();
            }
          });
      if (!json) {
        out.println("release " + release.version() + " is on the hub");
      }
      return onlyPublish ? ExitCode.FINE : rollOut(repositories, release, signed, mine);
    } catch (IOException e) {
      throw new CliException(ExitCode.BAD, "cannot publish " + file + ": " + e.getMessage());
    }
  }

  private int rollOut(
      CouchRepositories repositories, AgentRelease release, JsonObject signed, SigningKey mine) {
    Content now = repositories.patches().inForce().documents().get(Ids.agent());
    Content next =
        Contents.of(
            AgentDocument.TYPE.write(
                new AgentChoice(release.version(), ReleaseDocument.digest(signed))));
    if (next.equals(now)) {
      spec.commandLine()
          .getOut()
          .println(json ? "{\"state\":\"nothing-to-do\"}" : "it is in force already");
      return ExitCode.FINE;
    }
    PatchOptions options = new PatchOptions();
    options.strategy = Strategy.RELEASE.name();
    options.expires = expires;
    options.json = json;
    StrategyChoice how =
        bake == null
            ? new StrategyChoice.Named(Strategy.RELEASE.name())
            : new StrategyChoice.Own(Strategy.RELEASE.withBake(bake).named("release-own"));
    var submission =
        new Submission(
            repositories.patches(),
            mine,
            options,
            spec.commandLine().getOut(),
            spec.commandLine().getErr());
    Change change = new Change.Put(Ids.agent(), next, now == null ? null : now.digest());
    return submission.submit(List.of(change), how, "agent " + release.version(), wait);
  }

  /** Nodes would refuse it; better to hear that now. */
  private void mustBeTrusted(JsonObject signed, Trust trust) {
    try {
      Signatures.check(signed, trust, Role.RELEASE);
    } catch (SignatureException e) {
      throw new CliException(
          ExitCode.BAD,
          e.getMessage() + "; an operator lets nodes believe a key by: jiggety key trust FILE");
    }
  }

  private JsonObject read() {
    try {
      JsonObject signed = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      ReleaseDocument.TYPE.read(signed);
      return signed;
    } catch (IOException | JsonParseException | IllegalStateException | DocumentException e) {
      throw new CliException(
          ExitCode.USAGE, file + " is no release; make one by: jiggety release sign");
    }
  }
}

package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.base.Secret;
import dev.jiggety.couch.Hub;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Deposit;
import dev.jiggety.model.Envelope;
import dev.jiggety.model.SealedSecret;
import dev.jiggety.model.Sealer;
import dev.jiggety.model.rules.PatchIds;
import dev.jiggety.model.rules.Placeholders;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.signing.Envelopes;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What operators want done with a secret: signed, handed in, and answered by the manager. */
final class SecretActs {
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(15);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private SecretActs() {}

  /** {@code jiggety secret set}. */
  @Command(
      name = "set",
      description = {
        "Set a secret. The content is asked for at the terminal, or read from standard input or a",
        "file, and leaves this machine sealed to the managers alone."
      },
      footer = {"%nExample:", "  jiggety secret set shop.token --file token.txt"})
  static final class Set extends Act {
    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "Read the content from there; - for standard input.")
    private @Nullable Path file;

    @Override
    Deposit.Act act() {
      return Deposit.Act.SET;
    }

    @Override
    Optional<Secret> content(String name) {
      return Optional.of(SecretContent.read(name, file));
    }
  }

  /** {@code jiggety secret rotate}. */
  @Command(
      name = "rotate",
      description = {
        "Seal a secret anew with a fresh key; with --file or --ask set a new content as well.",
        "Whoever knew the old content still knows it: change it where it is used, too."
      },
      footer = {"%nExample:", "  jiggety secret rotate shop.token --ask"})
  static final class Rotate extends Act {
    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "Read a new content from there; - for standard input.")
    private @Nullable Path file;

    @Option(names = "--ask", description = "Ask for a new content at the terminal.")
    private boolean isAsked;

    @Override
    Deposit.Act act() {
      return file != null || isAsked ? Deposit.Act.SET : Deposit.Act.RENEW;
    }

    @Override
    Optional<Secret> content(String name) {
      return act() == Deposit.Act.SET
          ? Optional.of(SecretContent.read(name, file))
          : Optional.empty();
    }
  }

  /** {@code jiggety secret remove}. */
  @Command(
      name = "remove",
      description = "Take a secret away from the hub and from all nodes.",
      footer = {"%nExample:", "  jiggety secret remove shop.token"})
  static final class Remove extends Act {
    @Override
    Deposit.Act act() {
      return Deposit.Act.REMOVE;
    }

    @Override
    Optional<Secret> content(String name) {
      return Optional.empty();
    }
  }

  /** What all of them have. */
  @SuppressWarnings("NullAway.Init") // picocli fills the fields
  abstract static class Act implements Callable<Integer> {
    @Mixin private HubOption hub;
    @Mixin private KeyOption key;
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "As in $${secret.NAME}.")
    private String name;

    @Option(
        names = "--managers",
        paramLabel = "FILE",
        description = {
          "Public keys of the managers to seal to, one a line.",
          "By default those that the hub named when you first set a secret there."
        })
    private @Nullable Path managers;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    abstract Deposit.Act act();

    abstract Optional<Secret> content(String name);

    @Override
    public Integer call() {
      if (!Placeholders.isSecretName(name)) {
        throw new CliException(
            ExitCode.USAGE,
            "no secret can be called \""
                + name
                + "\": 1 to 64 lower-case letters, digits, - . and _, beginning with a letter or digit");
      }
      SigningKey mine = key.open();
      Optional<Secret> content = content(name);
      try (Hub open = hub.open()) {
        CouchRepositories there = new CouchRepositories(open, hub.names());
        Trust named = Trust.in(there.patches().inForce());
        Map<String, String> recipients = content.isEmpty() ? Map.of() : recipients(there, named);
        Instant now = Instant.now().plus(open.clockOffset().orElse(Duration.ZERO));
        String id = PatchIds.of(now, new SecureRandom());
        String by = mine.trusted().name();
        Envelope sealed =
            content
                .map(it ->
                    Envelopes.seal(
                        it.reveal().getBytes(StandardCharsets.UTF_8),
                        recipients,
                        Deposit.purpose(id, name, by)))
                .orElse(null);
        there.secrets().order(new Deposit(id, name, act(), by, now, sealed), mine);
        return report(await(there, id));
      }
    }

    private Map<String, String> recipients(CouchRepositories there, Trust named) {
      PrintWriter err = spec.commandLine().getErr();
      Trust believed =
          KnownManagers.usual().of(managers, hub.address(), hub.names().prefix(), named, err);
      List<Sealer> sealers = there.secrets().sealers(believed);
      if (sealers.isEmpty()) {
        throw new CliException(
            ExitCode.BAD,
            "no manager that is believed here has said what secrets for it are sealed to; start it, or look at its log, or give its key by --managers");
      }
      Map<String, String> recipients = new TreeMap<>();
      sealers.forEach(it -> recipients.put(SealedSecret.manager(it.key()), it.sealing()));
      return recipients;
    }

    private CommandAnswer await(CouchRepositories there, String id) {
      long until = System.nanoTime() + LONGEST_ANSWER.toNanos();
      while (true) {
        Optional<CommandAnswer> answer = there.patches().answer(id);
        if (answer.isPresent()) {
          return answer.get();
        }
        if (System.nanoTime() - until >= 0) {
          throw new CliException(
              ExitCode.BAD,
              "handed in, but no patch manager has answered within %d s; is one running? It is carried out when one comes within 7 days"
                  .formatted(LONGEST_ANSWER.toSeconds()));
        }
        try {
          Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new CliException(ExitCode.BAD, "interrupted; the order is handed in");
        }
      }
    }

    private int report(CommandAnswer answer) {
      if (json) {
        JsonObject line = new JsonObject();
        line.addProperty("secret", name);
        line.addProperty("done", answer.done());
        line.addProperty("text", answer.text());
        spec.commandLine().getOut().println(line);
      } else if (answer.done()) {
        spec.commandLine().getOut().println(answer.text());
      } else {
        spec.commandLine().getErr().println("jiggety: " + answer.text());
      }
      return answer.done() ? ExitCode.FINE : ExitCode.BAD;
    }
  }
}

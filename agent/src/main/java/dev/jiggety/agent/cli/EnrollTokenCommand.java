package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.Secret;
import dev.jiggety.couch.Certificates;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.TlsTrust;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Admission;
import dev.jiggety.model.Invitation;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.EnrolmentRules;
import dev.jiggety.repository.EnrolmentRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.HubPin;
import dev.jiggety.signing.MachinePassword;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Token;
import dev.jiggety.signing.Trust;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety enroll token}: invites one node. */
@Command(
    name = "token",
    description = {
      "Invite one node: sign an invitation, wait until a manager has opened it, print the token.",
      "The token lets one node in, once, before it expires. Whoever has it may use it: hand it over",
      "as you would a password."
    },
    footer = {"%nExample:", "  jiggety enroll token --tags eu,prod --name paris --valid 1h"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class EnrollTokenCommand implements Runnable {
  @Mixin private HubOption hub;
  @Mixin private KeyOption key;
  @Spec private CommandSpec spec;

  @Option(
      names = "--tags",
      paramLabel = "TAG",
      split = ",",
      description = "Tags by which tests choose the node, separated by commas.")
  private List<String> tags = List.of();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What the node is called (default: it may say so itself when it joins).")
  private @Nullable String name;

  @Option(
      names = "--valid",
      paramLabel = "DURATION",
      defaultValue = "1h",
      converter = DurationConverter.class,
      description = "How long the token can be used, 7d at most (default: ${DEFAULT-VALUE}).")
  private Duration valid;

  @Option(
      names = "--at",
      paramLabel = "URL",
      description = "Where nodes find the hub, if not where you do (default: --hub).")
  private @Nullable String at;

  @Option(
      names = "--managers",
      paramLabel = "FILE",
      description = {
        "Public keys of the managers that the node may be told to believe, one a line.",
        "By default those that the hub named first, kept beside your key."
      })
  private @Nullable Path managers;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public void run() {
    SigningKey mine = key.open();
    Secret secret = MachinePassword.draw();
    List<HubAddress> there =
        at == null ? hub.addresses() : HubAddress.parseAll(at, Optional.empty());
    try (Hub open = hub.open()) {
      CouchRepositories repositories = new CouchRepositories(open, hub.names());
      EnrolmentRepository enrolment = repositories.enrolment();
      Invitation invitation = invitation(secret, mine);
      Optional<String> pin =
          HubPin.of(
              there.getFirst(), hub.options(), !hub.options().trust().equals(TlsTrust.PLATFORM));
      enrolment.invite(invitation, mine);
      Admission admission =
          EnrollWait.until(
              "the invitation is handed in",
              spec.commandLine().getErr(),
              () -> enrolment.admission(invitation.id()));
      if (admission.state() != Admission.State.OPEN) {
        throw new CliException(
            ExitCode.BAD, "the manager refuses the invitation: " + admission.reason());
      }
      TrustedKey manager = believed(repositories, admission);
      Token token = new Token(invitation.id(), secret, manager.id(), pin);
      print(token, invitation, manager, there);
    }
  }

  /** Who has opened it: the node believes whom the token names, so no hub may choose that. */
  private TrustedKey believed(CouchRepositories there, Admission admission) {
    Trust named = Trust.in(there.patches().inForce());
    if (named.isWithout(TrustedKey.Role.MANAGER)) {
      named = Trust.of(admission.keys());
    }
    Path own = key.path().toAbsolutePath();
    Trust known =
        new KnownManagers(Objects.requireNonNullElse(own.getParent(), own))
            .of(managers, hub.address(), hub.names().prefix(), named, spec.commandLine().getErr());
    TrustedKey opened = admission.keys().getFirst();
    return known
        .find(opened.id())
        .orElseThrow(() ->
            new CliException(
                ExitCode.BAD,
                "the invitation was opened by the manager %s with the key %s, which is not known here: if that is right, give its public key by --managers; else somebody has got at the hub"
                    .formatted(opened.name(), opened.id())));
  }

  private Invitation invitation(Secret secret, SigningKey mine) {
    if (!valid.isPositive()) {
      throw new CliException(ExitCode.USAGE, "a token is valid for some time: --valid 1h");
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Invitation invitation =
        new Invitation(
            Token.newId(),
            new TreeSet<>(tags),
            name == null ? "" : name,
            MachinePassword.hash(secret),
            now,
            now.plus(valid),
            mine.trusted().name());
    EnrolmentRules.problem(invitation, now)
        .ifPresent(why -> {
          throw new CliException(ExitCode.USAGE, why);
        });
    return invitation;
  }

  private static String text(List<HubAddress> hubs) {
    return hubs.stream().map(HubAddress::toString).collect(Collectors.joining(","));
  }

  private String command(List<HubAddress> there, String token) {
    String prefix =
        hub.prefix.equals(DatabaseNames.DEFAULT_PREFIX) ? "" : " --prefix " + hub.prefix;
    return "jiggety enroll join " + text(there) + " " + token + prefix;
  }

  private void print(
      Token token, Invitation invitation, TrustedKey manager, List<HubAddress> there) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonObject line = new JsonObject();
      line.addProperty("invitation", invitation.id());
      line.addProperty("token", token.reveal());
      line.addProperty("hub", text(there));
      JsonArray all = new JsonArray();
      invitation.tags().forEach(all::add);
      line.add("tags", all);
      line.addProperty("name", invitation.name());
      line.addProperty("expires", invitation.expires().toString());
      line.addProperty("manager", manager.name());
      line.addProperty("managerKey", manager.id());
      line.addProperty("certificate", token.certificate().orElse(""));
      line.addProperty("command", command(there, token.reveal()));
      out.println(line);
      return;
    }
    String who = invitation.name().isEmpty() ? "one node" : "the node " + invitation.name();
    out.printf(
        "invitation %s for %s%s, until %s%n",
        invitation.id(),
        who,
        invitation.tags().isEmpty() ? "" : " with the tags " + String.join(", ", invitation.tags()),
        Times.text(invitation.expires()));
    out.printf("opened by the manager %s, key %s%n", manager.name(), manager.id());
    token
        .certificate()
        .ifPresent(it -> out.println("hub's certificate: " + Certificates.forPeople(it)));
    out.println("run on the node:");
    out.println("  " + command(there, token.reveal()));
    out.println("or, where others see the processes of that machine, with the token pasted in:");
    out.println("  " + command(there, "-"));
  }
}

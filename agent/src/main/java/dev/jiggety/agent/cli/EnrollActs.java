package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.model.Dismissal;
import dev.jiggety.model.Member;
import dev.jiggety.model.rules.EnrolmentRules;
import dev.jiggety.model.rules.PatchIds;
import dev.jiggety.repository.EnrolmentRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.signing.SigningKey;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety enroll retire} and {@code revoke}: sends a node away. */
final class EnrollActs {
  private EnrollActs() {}

  /** {@code jiggety enroll retire}. */
  @Command(
      name = "retire",
      description = {
        "Take a node out of service in peace: its account goes, its results stay.",
        "Its name can be used again."
      },
      footer = {"%nExample:", "  jiggety enroll retire paris --reason \"new machine\""})
  static final class Retire extends Act {
    Retire() {
      super(Member.Standing.RETIRED);
    }
  }

  /** {@code jiggety enroll revoke}. */
  @Command(
      name = "revoke",
      description = {
        "Trust a node no more: its account goes at once, and with it what is logged in with it;",
        "secrets are sealed to it no more. Change the secrets that it knew."
      },
      footer = {"%nExample:", "  jiggety enroll revoke paris --reason stolen"})
  static final class Revoke extends Act {
    Revoke() {
      super(Member.Standing.REVOKED);
    }
  }

  /** What both have. */
  @SuppressWarnings("NullAway.Init") // picocli fills the fields
  abstract static class Act implements Runnable {
    private final Member.Standing standing;

    @Mixin private HubOption hub;
    @Mixin private KeyOption key;
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "NODE", description = "The node's name.")
    private String node;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    private String reason = "";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    Act(Member.Standing standing) {
      this.standing = standing;
    }

    @Override
    public void run() {
      SigningKey mine = key.open();
      try (Hub open = hub.open()) {
        EnrolmentRepository enrolment = new CouchRepositories(open, hub.names()).enrolment();
        Member member =
            enrolment
                .member(node)
                .orElseThrow(() ->
                    new CliException(
                        ExitCode.BAD,
                        "no node " + node + " was ever let in; see: jiggety enroll list"));
        SortedSet<String> known =
            SecretListCommand.knownTo(node, new CouchRepositories(open, hub.names()));
        report(member.standing() == standing ? member : send(enrolment, member, mine), known);
      }
    }

    private Member send(EnrolmentRepository enrolment, Member member, SigningKey mine) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      Dismissal dismissal =
          new Dismissal(
              PatchIds.of(now, new SecureRandom()),
              node,
              standing,
              member.since(),
              reason,
              now,
              mine.trusted().name());
      if (EnrolmentRules.dismissed(member, dismissal, now).isEmpty()) {
        throw new CliException(
            ExitCode.BAD, "the node " + node + " is " + member.standing().label() + " already");
      }
      enrolment.dismiss(dismissal, mine);
      return EnrollWait.until(
          "the order is handed in",
          spec.commandLine().getErr(),
          () -> enrolment.member(node).filter(it -> it.standing() == standing));
    }

    private void report(Member member, SortedSet<String> known) {
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        JsonObject line = new JsonObject();
        line.addProperty("node", member.name());
        line.addProperty("standing", member.standing().label());
        line.addProperty("since", member.since().toString());
        line.addProperty("by", member.by());
        JsonArray secrets = new JsonArray();
        known.forEach(secrets::add);
        line.add("secrets", secrets);
        out.println(line);
        return;
      }
      out.printf(
          "the node %s is %s since %s by %s; it has no account any more%n",
          member.name(), member.standing().label(), Times.text(member.since()), member.by());
      if (standing == Member.Standing.REVOKED) {
        out.println(
            known.isEmpty()
                ? "no secret was sealed to it"
                : "it knew these secrets: %s; change each where it is used, then: jiggety secret set NAME"
                    .formatted(String.join(", ", known)));
      }
    }
  }
}

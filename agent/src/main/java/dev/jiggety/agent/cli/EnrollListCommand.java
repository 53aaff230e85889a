package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.model.Admission;
import dev.jiggety.model.Invitation;
import dev.jiggety.model.Member;
import dev.jiggety.repository.EnrolmentRepository;
import dev.jiggety.repository.EnrolmentRepository.Invited;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety enroll list}: who is a node, and who is invited. */
@Command(
    name = "list",
    description = "List the nodes that were let in, and the invitations of the last 30 days.",
    footer = {"%nExample:", "  jiggety enroll list"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class EnrollListCommand implements Runnable {
  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    try (Hub open = hub.open()) {
      EnrolmentRepository enrolment = new CouchRepositories(open, hub.names()).enrolment();
      List<Member> members = enrolment.members();
      List<Invited> invited = enrolment.invitations();
      if (json) {
        out.println(json(members, invited));
      } else {
        out.print(table(members));
        out.print(invitations(invited));
      }
      out.flush();
    }
  }

  private static String table(List<Member> members) {
    if (members.isEmpty()) {
      return "no node was enrolled yet; invite one with: jiggety enroll token\n";
    }
    TextTable table = new TextTable("NODE", "STANDING", "SINCE", "BY", "TAGS");
    for (Member member : members) {
      table.row(
          member.name(),
          member.standing().label(),
          Times.text(member.since()),
          member.by(),
          String.join(",", member.tags()));
    }
    return table + "\n";
  }

  private static String invitations(List<Invited> invited) {
    if (invited.isEmpty()) {
      return "";
    }
    TextTable table = new TextTable("INVITATION", "BY", "EXPIRES", "TAGS", "WHAT BECAME OF IT");
    for (Invited each : invited) {
      Invitation invitation = each.invitation();
      table.row(
          invitation.id(),
          invitation.by(),
          Times.text(invitation.expires()),
          String.join(",", invitation.tags()),
          outcome(each));
    }
    return "\n" + table + "\n";
  }

  private static String outcome(Invited each) {
    if (each.admission().isEmpty()) {
      return "no manager has looked at it";
    }
    Admission admission = each.admission().get();
    return switch (admission.state()) {
      case OPEN -> "open";
      case ADMITTED -> "let in: " + admission.node();
      case REFUSED -> "refused: " + admission.reason();
      case EXPIRED -> "expired";
    };
  }

  private static JsonObject json(List<Member> members, List<Invited> invited) {
    JsonArray nodes = new JsonArray();
    for (Member member : members) {
      JsonObject one = new JsonObject();
      one.addProperty("node", member.name());
      one.addProperty("standing", member.standing().label());
      one.addProperty("since", member.since().toString());
      one.addProperty("by", member.by());
      one.add("tags", texts(member.tags()));
      nodes.add(one);
    }
    JsonArray invitations = new JsonArray();
    for (Invited each : invited) {
      JsonObject one = new JsonObject();
      one.addProperty("invitation", each.invitation().id());
      one.addProperty("name", each.invitation().name());
      one.add("tags", texts(each.invitation().tags()));
      one.addProperty("by", each.invitation().by());
      one.addProperty("expires", each.invitation().expires().toString());
      each.admission()
          .ifPresent(admission -> {
            one.addProperty("state", admission.state().label());
            one.addProperty("node", admission.node());
            one.addProperty("reason", admission.reason());
          });
      invitations.add(one);
    }
    JsonObject all = new JsonObject();
    all.add("members", nodes);
    all.add("invitations", invitations);
    return all;
  }

  private static JsonArray texts(Collection<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}

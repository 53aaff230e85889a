package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.model.Account;
import dev.jiggety.model.HubRole;
import dev.jiggety.repository.couch.Accounts;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety account list}: who may do what. */
@Command(
    name = "list",
    description = "Show the accounts of the hub and their roles.",
    footer = {"%nExample:", "  jiggety account list"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class AccountListCommand implements Runnable {
  @Mixin private HubOption hub;

  @Option(names = "--json", description = "Print a JSON array with an object for each account.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    List<Account> accounts;
    try (Hub open = hub.open()) {
      accounts = new Accounts(open).all();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonArray all = new JsonArray();
      accounts.forEach(account -> all.add(toJson(account)));
      out.println(all);
    } else if (accounts.isEmpty()) {
      out.println("there is none yet; make one with: jiggety account add NAME --role ROLE");
    } else {
      TextTable table = new TextTable("NAME", "ROLES");
      accounts.forEach(
          account -> table.row(account.name(), String.join(", ", roles(account).toList())));
      table.lines().forEach(out::println);
    }
  }

  private static JsonObject toJson(Account account) {
    JsonArray roles = new JsonArray();
    roles(account).forEach(roles::add);
    JsonObject object = new JsonObject();
    object.addProperty("name", account.name());
    object.add("roles", roles);
    return object;
  }

  private static Stream<String> roles(Account account) {
    return Stream.concat(account.roles().stream().map(HubRole::label), account.others().stream());
  }
}

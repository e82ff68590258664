"use strict";

const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

/** Start the language server; what it finds and offers, VS Code shows by itself. */
exports.activate = () => {
  const settings = workspace.getConfiguration("transcmp");
  client = new LanguageClient(
    "transcmp",
    { command: settings.get("command"), args: ["lsp"] },
    {
      documentSelector: settings.get("languages").map((language) => ({ scheme: "file", language })),
      initializationOptions: { pairs: settings.get("pairs") },
    },
  );
  return client.start();
};

exports.deactivate = () => client && client.stop();

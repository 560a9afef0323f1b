/** The desktop's own dialogs. The shell implements them; each resolves with null when the person cancels. */
export interface NativeDialogs {
  /** @returns absolute path of an existing folder */
  chooseFolder(options: { readonly title: string; readonly button: string }): Promise<string | null>;
  /** @returns absolute path of a file that may or may not exist */
  saveFile(options: {
    readonly title: string;
    readonly suggestedName: string;
    readonly kind: { readonly name: string; readonly extension: string };
  }): Promise<string | null>;
  /** @returns absolute path of an existing file */
  openFile(options: {
    readonly title: string;
    readonly kind: {
      readonly name: string;
      readonly extension: string;
      readonly otherExtensions?: readonly string[];
    };
  }): Promise<string | null>;
  /** Shows a folder in the desktop's file manager. @throws Error when the desktop cannot */
  showFolder(folder: string): Promise<void>;
}

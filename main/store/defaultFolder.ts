/** Id of the recordings folder inside the data folder, which always exists and has no path of its own. */
export const DEFAULT_FOLDER_ID = '00000000-0000-4000-8000-000000000000';

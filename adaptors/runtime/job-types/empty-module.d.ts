/* Stands for undici, whose declarations would bring those of Node along, and with them `fetch`. */
export {};
